namespace AnyFetch.Provider;

/// <summary>The setup-form contract, for sources without a consent page: the library renders it at <c>/init/options</c>.</summary>
public interface ISetupForm
{
    /// <summary>The fields to ask for.</summary>
    SetupForm Form { get; }

    /// <summary>Checks what was entered and turns it into service data.</summary>
    /// <param name="values">The entered values by field name, trimmed; required fields are present.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="CancelException">The user gave up.</exception>
    /// <exception cref="ConnectException">A value is wrong; the message is shown to the user.</exception>
    Task<ConnectedSource> CompleteAsync(IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken);
}
