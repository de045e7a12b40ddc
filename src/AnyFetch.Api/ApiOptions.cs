using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Api;

/// <summary>How the Fetch API answers. Section <c>Api</c> of the configuration.</summary>
public sealed class ApiOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Api";

    /// <summary>
    /// The address under which clients reach the API, without a trailing slash, such as
    /// <c>https://fetch.example.com</c>. Empty: the scheme and host of each request.
    /// </summary>
    [RegularExpression("^(https?://[^/?#]+[^?#]*)?$", ErrorMessage = "Api:BaseUrl must be empty or an http(s) address.")]
    public string BaseUrl { get; set; } = "";

    /// <summary>Longest body of a request that carries no file, in bytes.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int DocumentBytesMax { get; set; } = 16 * 1024 * 1024;

    /// <summary>Longest uploaded file, in bytes.</summary>
    [Range(1, long.MaxValue)]
    public long FileBytesMax { get; set; } = 10L * 1024 * 1024 * 1024;

    /// <summary>For how long a caller is taken as known after its credentials were looked up, in milliseconds.</summary>
    [Range(0, 60_000)]
    public int CallerCacheMilliseconds { get; set; } = 1000;

    /// <summary>Most callers that are known at once; with one more, all are looked up again.</summary>
    [Range(1, 1_000_000)]
    public int CallerCacheMax { get; set; } = 20_000;

    /// <summary>For how long a verified password is not verified again, in seconds.</summary>
    [Range(0, 300)]
    public int PasswordCacheSeconds { get; set; } = 30;

    /// <summary>Wrong passwords for one address from one host in a minute before it is told to wait.</summary>
    [Range(1, 10_000)]
    public int FailedAttemptsPerMinuteMax { get; set; } = 10;

    /// <summary>How often uses of tokens are written down, in seconds.</summary>
    [Range(1, 3600)]
    public int LastUsedWriteSeconds { get; set; } = 10;

    /// <summary>How long a provider may take to answer the platform, in seconds.</summary>
    [Range(1, 300)]
    public int ProviderTimeoutSeconds { get; set; } = 10;

    /// <summary>Providers that are asked at the same time by one call.</summary>
    [Range(1, 256)]
    public int ProviderCallsMax { get; set; } = 16;

    /// <summary>For how long a provider that is away is told again that an account is gone, in hours.</summary>
    [Range(1, 720)]
    public int NoticeHoursMax { get; set; } = 24;

    /// <summary>The longest pause before a provider is told for the second time, in seconds; it doubles each time.</summary>
    [Range(1, 3600)]
    public int NoticeRetrySeconds { get; set; } = 5;

    /// <summary>The longest pause before a provider is told again, however often it was, in seconds.</summary>
    [Range(1, 86_400)]
    public int NoticeRetrySecondsMax { get; set; } = 3600;

    /// <summary>Whether the older documents API at <c>/providers/documents</c> exists.</summary>
    public bool LegacyRoutes { get; set; } = true;

    /// <summary>
    /// Whether <c>_key=value</c> filters a search by the exact value of a metadata key, which later versions of the API
    /// withdrew.
    /// </summary>
    public bool ExactKeyFilters { get; set; }

    /// <summary>Where <c>GET /</c> sends browsers. Empty: nowhere, they get the same answer as everybody.</summary>
    [RegularExpression("^(/.*)?$", ErrorMessage = "Api:BrowserPath must be empty or a path.")]
    public string BrowserPath { get; set; } = "/app";

    /// <summary>
    /// Where <c>GET /providers</c> sends browsers: the page of the same name in the manager of old. Empty: nowhere.
    /// </summary>
    [RegularExpression("^(/.*)?$", ErrorMessage = "Api:BrowserSourcesPath must be empty or a path.")]
    public string BrowserSourcesPath { get; set; } = "/manager";

    /// <summary>Longest output of one projection or template, in characters; a longer one counts as broken.</summary>
    [Range(1, 64 * 1024 * 1024)]
    public int ProjectionCharsMax { get; set; } = 32 * 1024 * 1024;

    /// <summary>Longest body of <c>POST /batch</c>, in bytes.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int PageBytesMax { get; set; } = 8 * 1024 * 1024;

    /// <summary>Most lines of one <c>POST /batch</c>: all of them are made in one transaction.</summary>
    [Range(1, 10_000)]
    public int PageLinesMax { get; set; } = 1000;

    /// <summary>Longest line of one <c>POST /batch</c>, in bytes.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int PageLineBytesMax { get; set; } = 1024 * 1024;

    /// <summary>Most addresses that one call of <c>POST /readers</c> asks for.</summary>
    [Range(1, 10_000)]
    public int ReaderEmailsMax { get; set; } = 500;

    /// <summary>Most parts or fields of one form.</summary>
    [Range(1, 10_000)]
    public int FormFieldsMax { get; set; } = 1024;
}
