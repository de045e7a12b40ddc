using System.ComponentModel.DataAnnotations;

namespace AnyFetch.Server.Configuration;

/// <summary>What the process is and where it lives. These keys stand at the root of the configuration.</summary>
public sealed class ServerOptions : IValidatableObject
{
    /// <summary>The name of the role that answers HTTP.</summary>
    public const string Api = "api";

    /// <summary>The name of the role that runs jobs: hydrations, provider updates, clean-ups.</summary>
    public const string Worker = "worker";

    /// <summary>The name of the role that keeps a search index up to date and answers from it.</summary>
    public const string Search = "search";

    /// <summary>The directory of everything that this node keeps: store, files, search indexes, secrets.</summary>
    [Required]
    public string Data { get; set; } = "data";

    /// <summary>The addresses to listen on, separated by <c>;</c>. Port 0 takes any free one.</summary>
    [Required]
    public string Urls { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Where people and hydraters reach this server, when that is not the first of <see cref="Urls"/>.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>What this node does: any of <c>api</c>, <c>worker</c>, <c>search</c>. Empty means all.</summary>
    public IList<string> Roles { get; } = [];

    /// <summary>How long a stop may take to finish requests and hand back jobs.</summary>
    [Range(1, 600)]
    public int ShutdownSeconds { get; set; } = 30;

    /// <summary>True when this node has the role.</summary>
    public bool Has(string role) => Roles.Count == 0 || Roles.Contains(role, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var role in Roles.Where(r => r is not (Api or Worker or Search)))
        {
            yield return new($"'{role}' is no role; allowed: api, worker, search.", [nameof(Roles)]);
        }

        foreach (var url in Urls.Split(';', StringSplitOptions.TrimEntries).Where(u => !IsHttp(u)))
        {
            yield return new($"'{url}' is no address; allowed: http://HOST:PORT, several with ';'.", [nameof(Urls)]);
        }

        if (PublicUrl is not null && !IsWeb(PublicUrl))
        {
            yield return new("allowed: an absolute http or https URL.", [nameof(PublicUrl)]);
        }
    }

    private static bool IsHttp(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == "http" && uri.AbsolutePath == "/";

    private static bool IsWeb(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https");
}
