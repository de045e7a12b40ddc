namespace AnyFetch.Server.Tests.Tenancy;

/// <summary>
/// What one route asks of its callers and answers to each of them: a row of the endpoint index of the API's
/// specification, with a valid request for the documents, users and companies of a <see cref="World"/>.
/// </summary>
/// <param name="Method">The verb.</param>
/// <param name="Pattern">The route as it is mapped.</param>
/// <param name="Path">The request, with <c>{names}</c> of things of the world's company.</param>
internal sealed record RouteRow(string Method, string Pattern, string Path)
{
    /// <summary>The body as JSON, or <c>file</c> for a form with a file.</summary>
    public string? Body { get; init; }

    /// <summary>Which credentials are taken.</summary>
    public Scheme Scheme { get; init; } = Scheme.Any;

    /// <summary>The scope that a token needs; null for none.</summary>
    public string? Scope { get; init; }

    /// <summary>Whether members who are no administrators are refused.</summary>
    public bool IsAdminOnly { get; init; }

    /// <summary>The answer to each kind of caller, in the order of <see cref="World.Callers"/>.</summary>
    public required int[] Answers { get; init; }

    /// <summary>The answer to a request without credentials.</summary>
    public int Anonymous { get; init; } = 401;

    /// <summary>The code of a 404; some routes have a name of their own for it.</summary>
    public string NotFoundCode { get; init; } = "ResourceNotFound";

    /// <summary>The route's name in test results.</summary>
    public string Name => $"{Method} {Pattern}";

    /// <summary>Whether the route changes something where it succeeds.</summary>
    public bool Changes => Method is not "GET";
}

/// <summary>The credentials that a route takes.</summary>
internal enum Scheme
{
    /// <summary>None at all.</summary>
    None,

    /// <summary>E-mail and password, or a token.</summary>
    Any,

    /// <summary>A token.</summary>
    Token,

    /// <summary>E-mail and password.</summary>
    Basic,
}
