namespace AnyFetch.Provider;

/// <summary>
/// A connector that asks the person something before the consent page, for example which of the source's hosts holds the
/// account. The library renders the form at <c>/init/options</c>; what was entered is in <see cref="ConnectRequest.Values"/>.
/// </summary>
public interface IConnectForm : IConnector
{
    /// <summary>The fields to ask for, none of them secret; null sends the person straight to the consent page.</summary>
    SetupForm? Form { get; }
}
