namespace AnyFetch.Emulators;

/// <summary>An emulator that can be started without knowing which.</summary>
public interface IEmulator<TSelf>
    where TSelf : SourceEmulator, IEmulator<TSelf>
{
    /// <summary>Starts it at an address, by default a free port of the loopback.</summary>
    static abstract Task<TSelf> StartAsync(TimeProvider? time = null, string url = "http://127.0.0.1:0");
}
