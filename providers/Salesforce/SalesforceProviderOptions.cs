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
