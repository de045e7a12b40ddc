using AnyFetch.Core.Errors;

namespace AnyFetch.Core.Descriptions;

/// <summary>
/// What a stranger must know to call an endpoint. Part of the endpoint's metadata, beside its route; the OpenAPI
/// document is made of all of them. What the route itself knows (scope, administrator, path parameters and the errors
/// that follow from them) is not repeated here.
/// </summary>
/// <param name="Operation">The name that generated clients use, unique among all, such as <c>listUsers</c>.</param>
/// <param name="Tag">The group that it is shown in.</param>
/// <param name="Summary">What it does, in a few words.</param>
/// <param name="Answer">The answer when all goes well.</param>
public sealed record EndpointDescription(string Operation, string Tag, string Summary, AnswerDescription Answer)
{
    /// <summary>Rules and consequences, in Markdown. May be empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>The parameters of the query string.</summary>
    public IReadOnlyList<ParameterDescription> Parameters { get; init; } = [];

    /// <summary>What the request carries, or null.</summary>
    public BodyDescription? Body { get; init; }

    /// <summary>The errors that do not follow from the route itself.</summary>
    public IReadOnlyList<ErrorCode> Errors { get; init; } = [];

    /// <summary>Answers besides the first that are no errors of the catalogue.</summary>
    public IReadOnlyList<AnswerDescription> OtherAnswers { get; init; } = [];

    /// <summary>False for JSON that the <c>fields</c> parameter does not narrow.</summary>
    public bool IsNarrowable { get; init; } = true;

    /// <summary>What the caller proves itself with; null: what the route's access metadata says, or nothing.</summary>
    public CredentialNeed? Credentials { get; init; }
}
