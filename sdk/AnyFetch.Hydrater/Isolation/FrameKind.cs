namespace AnyFetch.Hydrater.Isolation;

/// <summary>What a frame between a host and its worker carries.</summary>
internal enum FrameKind : byte
{
    /// <summary>Worker to host: it can take tasks.</summary>
    Ready = 1,

    /// <summary>Host to worker: one document for one hydrater; the body is the document.</summary>
    Task = 2,

    /// <summary>Worker to host: how the task ended; the body is the change set.</summary>
    Result = 3,

    /// <summary>Worker to host: something that only the host can do.</summary>
    Call = 4,

    /// <summary>Host to worker: what became of a call; the body is a tool's output.</summary>
    Reply = 5,
}
