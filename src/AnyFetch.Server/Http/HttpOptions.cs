using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Server.Http;

/// <summary>The bounds of the HTTP server, before any endpoint's own.</summary>
public sealed class HttpOptions
{
    /// <summary>Connections at once; more are refused.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsMax { get; set; } = 10_000;

    /// <summary>Request line in bytes. An identifier of 4,096 characters fits, percent-encoded.</summary>
    [Range(1_024, 1_048_576)]
    public int RequestLineBytesMax { get; set; } = 64 * 1024;

    /// <summary>All headers of a request, in bytes.</summary>
    [Range(1_024, 1_048_576)]
    public int HeaderBytesMax { get; set; } = 32 * 1024;

    /// <summary>Headers of a request.</summary>
    [Range(10, 1_000)]
    public int HeadersMax { get; set; } = 100;

    /// <summary>How long a connection may stay idle between two requests.</summary>
    [Range(1, 3_600)]
    public int KeepAliveSeconds { get; set; } = 130;

    /// <summary>How long the headers of a request may take to arrive.</summary>
    [Range(1, 600)]
    public int HeaderTimeoutSeconds { get; set; } = 30;

    /// <summary>A body that arrives slower than this is given up, after 10 seconds of grace. 0 waits for ever.</summary>
    [Range(0, 1_000_000)]
    public int BodyBytesPerSecondMin { get; set; } = 240;
}
