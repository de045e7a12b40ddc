namespace AnyFetch.Providers.Salesforce;

/// <summary>The application at Salesforce, and what of an organisation is read.</summary>
public sealed class SalesforceProviderOptions
{
    /// <summary>The consumer key of the connected app. Empty: the provider is not offered.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The consumer secret that belongs to it.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>
    /// The host where people sign in, for example <c>https://acme.my.salesforce.com/</c>. Empty: each person is asked whether
    /// it is Salesforce's own, a sandbox, or a domain of theirs.
    /// </summary>
    public Uri? LoginUrl { get; set; }

    /// <summary>
    /// What is read, of <c>Contact</c>, <c>Account</c>, <c>Lead</c>, <c>Opportunity</c>, <c>Case</c>, <c>Note</c>,
    /// <c>Attachment</c> and <c>File</c>. Empty: contacts alone.
    /// </summary>
    public IList<string> Objects { get; } = [];

    /// <summary>The version of the REST interface. Default <c>v60.0</c>.</summary>
    public string ApiVersion { get; set; } = "v60.0";

    /// <summary>Records asked for per page, 1 to 2000. Default 2000.</summary>
    public int PageItemsMax { get; set; } = 2000;

    /// <summary>
    /// The most records of one object that a full listing asks for page by page; more come by a query job of the Bulk API.
    /// Default 50000.
    /// </summary>
    public long PagedItemsMax { get; set; } = 50_000;

    /// <summary>Records asked for at once of a finished query job. Default 10000.</summary>
    public int BulkPageItemsMax { get; set; } = 10_000;

    /// <summary>The first wait before a query job is asked whether it is done, in milliseconds; each wait is twice the last. Default 1000.</summary>
    public int BulkPollMilliseconds { get; set; } = 1000;

    /// <summary>The longest of those waits, in seconds. Default 30.</summary>
    public int BulkPollSecondsMax { get; set; } = 30;

    /// <summary>How long a query job may take, in minutes; then it is given up, and pages are asked for. Default 120.</summary>
    public int BulkWaitMinutesMax { get; set; } = 120;

    /// <summary>The largest record of a query job's results, in bytes. Default 4 MiB.</summary>
    public int BulkRecordBytesMax { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// How long back deletions are asked for, in days; after a longer silence everything is listed again. Salesforce tells
    /// those of 15 days. Default 14.
    /// </summary>
    public int DeletedDaysMax { get; set; } = 14;

    /// <summary>How far a run looks back before the last record that it saw, for changes that were slow to be stored, in minutes. Default 5.</summary>
    public int OverlapMinutes { get; set; } = 5;

    /// <summary>How long an account waits when the organisation has used up its calls, in minutes. Default 60.</summary>
    public int LimitPauseMinutes { get; set; } = 60;

    /// <summary>The largest JSON answer that is read, in bytes. Default 64 MiB.</summary>
    public int AnswerBytesMax { get; set; } = 64 * 1024 * 1024;
}
