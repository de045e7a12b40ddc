using AnyFetch.Api.OpenApi;
using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Users;

/// <summary>What the OpenAPI document says about users.</summary>
internal static class UserDescriptions
{
    private const string Tag = "Users";

    public static EndpointDescription GetCaller { get; } = new(
        "getCurrentUser",
        Tag,
        "The caller",
        AnswerDescription.Json("The caller.", Schema.Ref("User")));

    public static EndpointDescription PatchCaller { get; } = new(
        "patchCurrentUser",
        Tag,
        "Change the caller",
        AnswerDescription.Json("The caller after the change.", Schema.Ref("User")))
    {
        Text = "Administrators cannot drop their own right; others cannot take it.",
        Body = DescribedBody.Of("UserChange"),
        Errors = [ErrorCode.Forbidden, ErrorCode.NotAuthorized],
    };

    public static EndpointDescription ResetCaller { get; } = new(
        "resetCurrentUser",
        Tag,
        "Forget the caller's tokens and documents",
        AnswerDescription.Done("All tokens and documents of the caller are gone."))
    {
        Text = "The calling token dies with the others.",
    };

    public static EndpointDescription List { get; } = new(
        "listUsers",
        Tag,
        "The company's users",
        AnswerDescription.Json("All users of the company.", Schema.ListOf("User")));

    public static EndpointDescription Add { get; } = new(
        "createUser",
        Tag,
        "Add a user",
        AnswerDescription.Json("The new user.", Schema.Ref("User")))
    {
        Text = "`email`, `name` and `password` are required. An e-mail address belongs to one user of all "
            + "companies.",
        Body = DescribedBody.Of("UserInput"),
        Errors = [ErrorCode.MissingParameter],
    };

    public static EndpointDescription Get { get; } = new(
        "getUser",
        Tag,
        "One user",
        AnswerDescription.Json("The user.", Schema.Ref("User")));

    public static EndpointDescription Change { get; } = new(
        "patchUser",
        Tag,
        "Change a user",
        AnswerDescription.Json("The user after the change.", Schema.Ref("User")))
    {
        Text = "Administrators change every user of their company, others only themselves.",
        Body = DescribedBody.Of("UserChange"),
        Errors = [ErrorCode.Forbidden, ErrorCode.NotAuthorized],
    };

    public static EndpointDescription Delete { get; } = new(
        "deleteUser",
        Tag,
        "Delete a user",
        AnswerDescription.Done("The user is gone, with its tokens and documents."))
    {
        Text = "Nobody deletes themselves, nor the last administrator.",
        Errors = [ErrorCode.NotAuthorized],
    };

    public static EndpointDescription Reset { get; } = new(
        "resetUser",
        Tag,
        "Forget a user's tokens and documents",
        AnswerDescription.Done("All tokens and documents of the user are gone."))
    {
        Text = "Administrators reset every user of their company, others only themselves.",
        Errors = [ErrorCode.Forbidden],
    };
}
