using System.Globalization;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydraters.Image;

/// <summary>
/// The picture of a task through <c>vips</c> (libvips-tools), one process a step. The content decides which readers libvips may use:
/// those that it does not vouch for only read what has to be read by them.
/// </summary>
internal sealed class Vips
{
    /// <summary>The programs that must be installed.</summary>
    internal static readonly string[] Programs = ["vips", "vipsheader"];

    private const string Subject = "picture";

    private readonly HydrationContext _context;
    private readonly ToolLimits _limits;
    private readonly Dictionary<string, string> _environment;
    private readonly string _input;

    /// <summary>Looks at the file's content. Throws <see cref="HydrationException"/> when it is no picture.</summary>
    internal Vips(HydrationContext context, ToolLimits limits)
    {
        var file = context.RequireFile();
        ContentType = file.Content.ContentType;
        if (!ImageFormats.IsPicture(ContentType))
        {
            throw new HydrationException("The file is not a picture.");
        }

        _context = context;
        _limits = limits;
        _environment = new Dictionary<string, string> { ["VIPS_CONCURRENCY"] = "1" };
        if (!ImageFormats.NeedsUntrustedReader(ContentType))
        {
            _environment["VIPS_BLOCK_UNTRUSTED"] = "1";
        }

        // A link with a plain name: libvips takes brackets in a path for options, and ImageMagick believes extensions.
        _input = context.Temp.NewFilePath(ImageFormats.ExtensionOf(ContentType));
        File.CreateSymbolicLink(_input, file.Path);
    }

    /// <summary>The type that the content shows.</summary>
    internal string ContentType { get; }

    /// <summary>The picture's size. Throws <see cref="HydrationException"/> when it has none, or more pixels than are read.</summary>
    internal async Task<ImageHeader> ReadHeaderAsync(long pixelsMax, CancellationToken cancellationToken)
    {
        var result = await RunAsync("vipsheader", ["-a", _input], cancellationToken).ConfigureAwait(false);
        var header = ImageHeader.Parse(result.OutputText) ?? throw new HydrationException("The picture is damaged: it has no size.");
        return header.Pixels <= pixelsMax ? header : throw new HydrationException(string.Create(
            CultureInfo.InvariantCulture, $"The picture has {header.Pixels:N0} pixels; at most {pixelsMax:N0} are read."));
    }

    /// <summary>
    /// The first page, upright, fitted into a box and never enlarged, in the format that a file name's ending says, such as
    /// <c>.png[strip]</c>.
    /// </summary>
    internal async Task<byte[]> ShrinkAsync(string format, int width, int height, CancellationToken cancellationToken)
    {
        var name = _context.Temp.NewFilePath();
        await ResizeAsync(_input, name + format, width, height, "down", cancellationToken).ConfigureAwait(false);
        var path = name + format[..format.IndexOf('[', StringComparison.Ordinal)];
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        File.Delete(path);
        return bytes;
    }

    /// <summary>One page, upright and in grey on white, enlarged or shrunk to fit into a box, as a PGM file in the task's folder.</summary>
    internal async Task<string> ToGreyAsync(int page, int width, int height, CancellationToken cancellationToken)
    {
        var path = _context.Temp.NewFilePath(".pgm");
        var input = page == 0 ? _input : string.Create(CultureInfo.InvariantCulture, $"{_input}[page={page}]");
        await ResizeAsync(input, path + "[background=255]", width, height, "both", cancellationToken).ConfigureAwait(false);
        return path;
    }

    private Task<ToolResult> ResizeAsync(
        string input, string output, int width, int height, string size, CancellationToken cancellationToken) => RunAsync(
        "vips",
        [
            "thumbnail", input, output, width.ToString(CultureInfo.InvariantCulture),
            "--height", height.ToString(CultureInfo.InvariantCulture), "--size", size, "--fail-on", "truncated",
            "--export-profile", "srgb",
        ],
        cancellationToken);

    private async Task<ToolResult> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var command = new ToolCommand(program, arguments) { Limits = _limits, Environment = _environment };
        var result = await _context.Tools.RunAsync(command, cancellationToken).ConfigureAwait(false);
        return result.End == ToolEnd.Exited && !result.Succeeded
            ? (result with { Error = VipsErrors.Plain(result.Error, Path.GetFileNameWithoutExtension(_input)) }).OrThrow(Subject)
            : result.OrThrow(Subject);
    }
}
