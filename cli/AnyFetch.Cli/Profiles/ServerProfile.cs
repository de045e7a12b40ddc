namespace AnyFetch.Cli.Profiles;

/// <summary>The server that commands talk to, and the token that they show it.</summary>
/// <param name="Server">The server's base URL.</param>
/// <param name="Token">A basic token of the user. The password is not kept.</param>
/// <param name="Email">Whose token it is.</param>
/// <param name="Data">The server's data directory when it is on this machine; administration needs it.</param>
internal sealed record ServerProfile(string Server, string Token, string Email, string? Data);
