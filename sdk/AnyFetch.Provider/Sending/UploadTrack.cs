namespace AnyFetch.Provider.Sending;

/// <summary>What an upload read so far, and how its source failed, if it did.</summary>
internal sealed class UploadTrack
{
    public long Bytes { get; set; }

    public Exception? SourceFault { get; set; }
}

/// <summary>A file of unannounced length turned out larger than the limit.</summary>
internal sealed class FileTooLargeException : Exception;
