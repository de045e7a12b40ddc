using AnyFetch.Core.Authentication;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Documents;

/// <summary>Who may change which document (api.md §8, 27), and the errors that tell nothing to the others.</summary>
internal static class DocumentRights
{
    public static Error NotFound { get; } = new(ErrorCode.ResourceNotFound, "There is no such document.");

    private static Error Insecure { get; } =
        new(ErrorCode.InsecureOperation, "The company is secure: only trusted applications may write into it.");

    private static Error NotYours { get; } =
        new(ErrorCode.Forbidden, "The document belongs to another provider.");

    /// <summary>
    /// Null when the caller may change the document. Its own token always may; another application never; e-mail and
    /// password and a basic token may change what their user sees.
    /// </summary>
    public static Error? RefuseChange(Caller caller, Document? document)
    {
        if (document is null)
        {
            return NotFound;
        }

        if (caller.Token?.Id == document.Provider)
        {
            return null;
        }

        if (!document.IsVisibleTo(caller.User.Id))
        {
            return NotFound;
        }

        return caller.Token is null or { IsBasicToken: true } ? null : NotYours;
    }

    /// <summary>Null when the caller may write into its company (auth-and-tenancy §3). Asked last.</summary>
    public static Error? RefuseWrite(Caller caller) => caller.Company.IsSecure && !caller.IsTrusted ? Insecure : null;
}
