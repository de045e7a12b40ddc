using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Filters;
using AnyFetch.Hydrater.Text;

namespace Company.Hydrater1;

/// <summary>Counts the words of text files.</summary>
public sealed class WordCounter : IHydrater
{
    /// <inheritdoc />
    public HydraterDescriptor Descriptor { get; } = new()
    {
        ShortName = "word-counter",
        Description = "Counts the words of text files.",
        Filters = [FilterBuilder.ForType("file").WithExtension("txt").WithFile().Build()],
    };

    /// <inheritdoc />
    public async Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(context.RequireFile().Path, cancellationToken);
        var words = CharsetDetector.Decode(bytes).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            // An error that another try would not mend; it is shown on the document.
            throw new HydrationException("The file has no words.");
        }

        context.Changes.Metadata["words"] = words.Length;
        return HydrationResult.Changed(context.Changes);
    }
}
