using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.OpenApi;

/// <summary>The errors of a route: those that follow from what it asks and takes, and those that it names.</summary>
internal static class ImpliedErrors
{
    public static IReadOnlyCollection<ErrorCode> Of(DescribedRoute route)
    {
        var errors = new SortedSet<ErrorCode>(route.Description.Errors);
        var names = PathParameters.NamesOf(route.Path).ToHashSet();
        if (CredentialNeeds.Of(route) is CredentialNeed.Any or CredentialNeed.Optional)
        {
            errors.UnionWith([ErrorCode.InvalidCredentials, ErrorCode.TooManyRequests]);
        }

        if (CredentialNeeds.Of(route) == CredentialNeed.Any)
        {
            errors.Add(ErrorCode.Unauthorized);
        }

        Add(errors, route.Access is { IsTokenOnly: true } or { IsBasicOnly: true }, ErrorCode.ForbiddenScheme);
        Add(errors, route.Access is { Scope: not Scopes.None }, ErrorCode.MissingScope);
        Add(errors, route.Access is { IsAdminOnly: true }, ErrorCode.Forbidden);
        if (names.Contains("id") || names.Contains("identifier"))
        {
            // Where the reference says "NotFound", the route names it, and it takes the other's place.
            Add(errors, !errors.Contains(ErrorCode.NotFound), ErrorCode.ResourceNotFound);
            errors.Add(ErrorCode.InvalidArgument);
        }

        Add(
            errors,
            names.Contains("id") && route.Path.StartsWith("/documents/", StringComparison.Ordinal),
            ErrorCode.TooManyArguments);
        Add(errors, route.Description.Parameters.Count > 0, ErrorCode.InvalidArgument);
        if (route.Description.Body is not null)
        {
            errors.UnionWith([ErrorCode.BadRequest, ErrorCode.InvalidArgument, ErrorCode.RequestEntityTooLarge]);
        }

        if (route.Access is not null)
        {
            errors.UnionWith([ErrorCode.InternalServerError, ErrorCode.ServiceUnavailable]);
            Add(errors, route.Method != "GET", ErrorCode.InsufficientStorage);
        }

        return errors;
    }

    private static void Add(SortedSet<ErrorCode> errors, bool isImplied, ErrorCode code)
    {
        if (isImplied)
        {
            errors.Add(code);
        }
    }
}
