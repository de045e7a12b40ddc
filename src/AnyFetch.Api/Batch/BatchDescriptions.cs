using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Batch;

/// <summary>What the OpenAPI document says about batches.</summary>
internal static class BatchDescriptions
{
    private const string Tag = "Batch";

    public static EndpointDescription Get { get; } = new(
        "getBatch",
        Tag,
        "Several pages in one call",
        AnswerDescription.Json("Every page was answered with 200.", Schema.Ref("BatchPages")))
    {
        Text = "Runs each page as a GET with the caller's credentials. When one is not 200, its status is "
            + "that of the whole answer, `errored` names it, and the others are still there. A page may be "
            + "neither a batch nor a file.",
        Parameters =
        [
            new("pages", Schema.Text, "A path with its query, which begins with `/`. 1 to 9 of them.", "/status")
            {
                IsRepeatable = true,
                IsRequired = true,
            },
        ],
        Errors = [ErrorCode.MissingParameter],
    };
}
