namespace AnyFetch.Provider;

/// <summary>What happens to listed items over the cap of a run (provider-protocol, section 5.4).</summary>
public enum OverflowPolicy
{
    /// <summary>They are kept and sent by the next runs, new changes first.</summary>
    Backlog,

    /// <summary>They are forgotten until they change again.</summary>
    Drop,
}
