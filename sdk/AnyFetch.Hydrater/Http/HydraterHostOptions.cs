using AnyFetch.Client;
using AnyFetch.Hydrater.Hosting;

namespace AnyFetch.Hydrater.Http;

/// <summary>How hydraters are hosted over HTTP (hydration.md §5 and §9).</summary>
public sealed class HydraterHostOptions
{
    /// <summary>Limits of each task.</summary>
    public HydrationRunOptions Run { get; set; } = new();

    /// <summary>
    /// Ports that files are never fetched from and callbacks never sent to. Default: those of common internal services.
    /// </summary>
    public IList<int> ForbiddenPorts { get; } =
        [22, 23, 25, 53, 110, 111, 135, 139, 143, 389, 445, 465, 587, 636, 993, 995, 2375, 2379, 3306, 5432, 5672, 6379, 9200, 11211, 27017];

    /// <summary>
    /// Host names and addresses that may be private or local. The core's own is usually one of them. Default: none.
    /// </summary>
    public IList<string> AllowedPrivateHosts { get; } = [];

    /// <summary>Redirects that a download follows, each checked anew. Default 3.</summary>
    public int RedirectsMax { get; set; } = 3;

    /// <summary>Seconds until a download's or callback's answer begins. Default 10.</summary>
    public double AnswerTimeoutSeconds { get; set; } = 10;

    /// <summary>Seconds to wait before each further try of a callback that failed. Default: 5 tries over 10 minutes.</summary>
    public IList<double> CallbackRetrySeconds { get; } = [5, 25, 90, 180, 300];

    /// <summary>Tasks that wait, for each hydrater; beyond that the core gets 503 and tries later. Default 10,000.</summary>
    public int QueueLengthMax { get; set; } = 10_000;

    /// <summary>Bytes of a <c>POST /hydrate</c> body. Default 20 MB.</summary>
    public long BodyBytesMax { get; set; } = 20_000_000;

    /// <summary>
    /// The core that the hydraters register with at start, with an administrator's credentials; one that has the URL already is
    /// changed. Null, the default, registers nothing.
    /// </summary>
    public AnyFetchClient? Core { get; set; }

    /// <summary>How the core reaches this host, ending in a slash; needed for <see cref="Core"/>. Default: none.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Seconds before a core that could not be reached is asked again. Default 10.</summary>
    public double RegistrationRetrySeconds { get; set; } = 10;

    /// <summary>Seconds that accepted tasks get when the host stops. Default 30.</summary>
    public double DrainSeconds { get; set; } = 30;
}
