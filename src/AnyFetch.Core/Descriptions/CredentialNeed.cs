namespace AnyFetch.Core.Descriptions;

/// <summary>What an endpoint wants as proof of who calls, where its access metadata does not tell.</summary>
public enum CredentialNeed
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Nothing, but what is sent must be valid.</summary>
    Optional,

    /// <summary>E-mail and password, or a token.</summary>
    Any,

    /// <summary>A browser's session in the manager.</summary>
    Session,
}
