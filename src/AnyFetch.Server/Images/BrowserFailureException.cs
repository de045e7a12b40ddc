namespace AnyFetch.Server.Images;

/// <summary>The browser ended, refused a command or lost a page. The page can be tried again.</summary>
internal sealed class BrowserFailureException(string message) : Exception(message);
