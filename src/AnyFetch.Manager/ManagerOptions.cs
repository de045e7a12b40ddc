using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Manager;

/// <summary>Settings of the manager: sign-in, OAuth, pages. Section <c>Manager</c> of the configuration.</summary>
public sealed class ManagerOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Manager";

    /// <summary>
    /// The address under which browsers reach the manager, such as <c>https://search.example.com</c>. Empty: the
    /// scheme and host of each request.
    /// </summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>Where the web frontend calls the API when that has a host of its own. Empty: the same origin.</summary>
    public string ApiUrl { get; set; } = "";

    /// <summary>Whether anybody may make an account and a company of their own at <c>/sign_up</c>.</summary>
    public bool SignUp { get; set; } = true;

    /// <summary>How long a session lasts after its last use, in hours. Default two weeks.</summary>
    [Range(1, 24 * 365)]
    public int SessionHours { get; set; } = 24 * 14;

    /// <summary>Wrong sign-ins in a minute, from one address for one e-mail, before the next must wait.</summary>
    [Range(1, 1000)]
    public int SignInAttemptsPerMinuteMax { get; set; } = 10;

    /// <summary>New accounts in an hour from one address.</summary>
    [Range(1, 1000)]
    public int SignUpsPerHourMax { get; set; } = 20;

    /// <summary>Longest body of a request to the manager, in bytes.</summary>
    [Range(1024, 1024 * 1024)]
    public int BodyBytesMax { get; set; } = 64 * 1024;

    /// <summary>Longest name of an account, an application or a person, in characters.</summary>
    [Range(16, 4096)]
    public int NameCharsMax { get; set; } = 256;

    /// <summary>Longest description of an application, in characters.</summary>
    [Range(16, 65536)]
    public int DescriptionCharsMax { get; set; } = 2000;

    /// <summary>Longest <c>state</c>, <c>return_to</c> or callback address, in characters.</summary>
    [Range(256, 65536)]
    public int AddressCharsMax { get; set; } = 2000;

    /// <summary>Applications that one developer may register.</summary>
    [Range(1, 10_000)]
    public int ApplicationsMax { get; set; } = 100;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOrigin(BaseUrl))
        {
            yield return new("allowed: empty, or an http(s) URL without path.", [nameof(BaseUrl)]);
        }

        if (!IsOrigin(ApiUrl))
        {
            yield return new("allowed: empty, or an http(s) URL without path.", [nameof(ApiUrl)]);
        }
    }

    private static bool IsOrigin(string text) =>
        text.Length == 0
        || (Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.PathAndQuery == "/");
}
