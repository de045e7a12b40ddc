using AnyFetch.Api.OpenApi;
using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Readers;

/// <summary>What the OpenAPI document says about readers.</summary>
internal static class ReaderDescriptions
{
    public static EndpointDescription Find { get; } = new(
        "findReaders",
        "Users",
        "Which addresses are users of the company",
        AnswerDescription.Json("Those that are, by the address as it was sent.", Schema.Ref("Readers")))
    {
        Text = "For providers that carry over who may see an item: the ids go into `user_access`. Unknown addresses, "
            + "addresses of other companies' users, and addresses that a user put in without an administrator are left "
            + "out alike.",
        Body = DescribedBody.Of("ReadersInput"),
        Errors = [ErrorCode.MissingParameter],
    };
}
