using System.ComponentModel.DataAnnotations;
using AnyFetch.Providers.GoogleAccounts;

namespace AnyFetch.Providers.Gmail;

/// <summary>The application at Google, and how its mailboxes are read.</summary>
public sealed class GmailProviderOptions : GoogleApplicationOptions, IValidatableObject
{
    /// <summary>Where Gmail is asked. Default <c>https://gmail.googleapis.com/gmail/v1/</c>.</summary>
    public Uri ApiUrl { get; set; } = new("https://gmail.googleapis.com/gmail/v1/");

    /// <summary>Threads or changes asked for per page, 1 to 500. A stopped run goes on from its page. Default 100.</summary>
    public int PageItemsMax { get; set; } = 100;

    /// <summary>Threads read at once while a mailbox is listed. Default 5.</summary>
    public int ThreadsAtOnceMax { get; set; } = 5;

    /// <summary>Attempts to read one thread before it goes to the error list. Default 3.</summary>
    public int ThreadAttemptsMax { get; set; } = 3;

    /// <summary>The longest body of one message, in bytes; what is beyond is left out. Default 1 MiB.</summary>
    public int BodyBytesMax { get; set; } = 1024 * 1024;

    /// <summary>The longest bodies of one thread together, in characters; the oldest are left out. Default 2,000,000.</summary>
    public int ThreadCharactersMax { get; set; } = 2_000_000;

    /// <summary>
    /// Two attachments of one name and size in a thread are compared when they are no larger than this, in bytes; larger ones
    /// count as two. Default 5 MiB.
    /// </summary>
    public int ComparedBytesMax { get; set; } = 5 * 1024 * 1024;

    /// <summary>
    /// The topic of Cloud Pub/Sub that Gmail publishes to when a mailbox changed, <c>projects/PROJECT/topics/NAME</c>, in the
    /// project of the OAuth client. Default empty: changes are found by the schedule alone.
    /// </summary>
    public string NoticeTopic { get; set; } = "";

    /// <summary>The audience that the topic's push subscription is made with. Required with a topic.</summary>
    public string NoticeAudience { get; set; } = "";

    /// <summary>The e-mail address of the service account in whose name the subscription calls. Required with a topic.</summary>
    public string NoticeAccount { get; set; } = "";

    /// <summary>Where Google publishes the keys that it signs with. Default <c>https://www.googleapis.com/oauth2/v3/certs</c>.</summary>
    public Uri KeysUrl { get; set; } = new("https://www.googleapis.com/oauth2/v3/certs");

    /// <summary>For how long these keys are believed before they are asked for again, in minutes, 1 to 1440. Default 60.</summary>
    [Range(1, 1440)]
    public int KeysMinutesMax { get; set; } = 60;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (NoticeTopic.Length == 0)
        {
            yield break;
        }

        if (NoticeTopic.Split('/') is not ["projects", { Length: > 0 }, "topics", { Length: > 0 }])
        {
            yield return new ValidationResult("A topic is projects/PROJECT/topics/NAME.", [nameof(NoticeTopic)]);
        }

        // Without them anybody could make believe that a mailbox changed.
        if (NoticeAudience.Length == 0 || NoticeAccount.Length == 0)
        {
            yield return new ValidationResult(
                "With a topic, NoticeAudience and NoticeAccount are needed.", [nameof(NoticeAudience), nameof(NoticeAccount)]);
        }
    }
}
