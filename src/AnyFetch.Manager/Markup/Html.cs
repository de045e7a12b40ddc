using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace AnyFetch.Manager.Markup;

/// <summary>
/// A piece of markup. Written as an interpolated string: what stands in the source is markup, what is put in is text
/// and gets escaped, unless it is markup itself.
/// </summary>
internal readonly struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    /// <summary>Nothing.</summary>
    public static Html None => default;

    /// <summary>Makes markup of an interpolated string.</summary>
    public static Html Of(Builder markup) => new(markup.ToString());

    /// <summary>Some pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(p => p.ToString())));

    /// <summary>A piece, or nothing when the condition does not hold.</summary>
    public static Html When(bool condition, Func<Html> piece) => condition ? piece() : None;

    /// <inheritdoc/>
    public override string ToString() => _markup ?? "";

    /// <summary>What the compiler calls for each part of the string.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Builder
    {
        private readonly StringBuilder _text;

        public Builder(int literalLength, int formattedCount) =>
            _text = new StringBuilder(literalLength + (formattedCount * 16));

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(Html markup) => _text.Append(markup.ToString());

        public void AppendFormatted(string? text) => _text.Append(WebUtility.HtmlEncode(text));

        public void AppendFormatted(int number) => _text.Append(number);

        /// <inheritdoc/>
        public override string ToString() => _text.ToString();
    }
}
