using System.Text.RegularExpressions;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Filters;

namespace AnyFetch.Hydraters.Filecleaner;

/// <summary>Deletes the documents of files that nobody looks for: logs, locks, temporary and system files (hydraters.md §15).</summary>
public sealed class FilecleanerHydrater : IHydrater
{
    /// <summary>The hydrater's short name.</summary>
    public const string ShortName = "filecleaner";

    private readonly Regex _junk;
    private readonly bool _keepsJunk;

    /// <summary>Creates the hydrater.</summary>
    public FilecleanerHydrater(FilecleanerHydraterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _keepsJunk = options.KeepsJunk;
        var pattern = PatternOf(options.JunkNames, options.JunkFolders);
        _junk = new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        Descriptor = new HydraterDescriptor
        {
            ShortName = ShortName,
            Description = _keepsJunk ? "Leaves logs, locks and temporary files unread." : "Removes logs, locks and temporary files.",
            Filters = [FilterBuilder.ForType("file").WithPath(pattern).Build()],
            Excludes = _keepsJunk ? [.. BuiltInHydraters.All.Select(h => h.ShortName).Where(name => name != ShortName)] : [],
            Priority = 100,
            NeedsIsolation = false,
            NeedsFile = false,
            Concurrency = options.Concurrency,
        };
    }

    /// <summary>The junk names of hydraters.md §15.</summary>
    public static IReadOnlyList<string> DefaultJunkNames { get; } =
    [
        "*.log", "*.lock", "*.lck", "*.tmp", "*.temp", "*.swp", "*.swo", "*.bak", "*.part", "*.crdownload", "*.partial",
        "*.pyc", "*.class", "*.o", "*.obj", "*.pid", "*.DS_Store", "Thumbs.db", "desktop.ini", "~$*", ".~lock.*", "._*",
        "*.lnk", "*.url", "*.torrent",
    ];

    /// <summary>The junk folders of hydraters.md §15.</summary>
    public static IReadOnlyList<string> DefaultJunkFolders { get; } =
        ["__MACOSX", ".git", ".svn", "node_modules", "$RECYCLE.BIN"];

    /// <inheritdoc />
    public HydraterDescriptor Descriptor { get; }

    /// <summary>Whether a path names junk. Providers use it to spare the upload.</summary>
    public bool IsJunk(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return _junk.IsMatch(path);
    }

    /// <inheritdoc />
    public async Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);

        // The filter asked this before; deleting is worth asking twice.
        if (_keepsJunk || context.Document.DocumentType != "file" || !IsJunk(context.Document.SourcePath))
        {
            return HydrationResult.Nothing;
        }

        await context.DeleteDocumentAsync(cancellationToken).ConfigureAwait(false);
        return HydrationResult.Deleted;
    }

    private static string PatternOf(IEnumerable<string> names, IEnumerable<string> folders)
    {
        var name = string.Join('|', names.Select(n => Regex.Escape(n).Replace("\\*", "[^/\\\\]*", StringComparison.Ordinal)));
        var folder = string.Join('|', folders.Select(Regex.Escape));
        return $"(^|[/\\\\])(({name})$|({folder})([/\\\\]|$))";
    }
}
