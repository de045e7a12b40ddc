using System.Text;
using HandlebarsDotNet;
using HandlebarsDotNet.IO;

namespace AnyFetch.Api.Projection;

/// <summary>What <c>{{ }}</c> does with a plain value: JSON first, then HTML, so that a quote never ends the string.</summary>
internal sealed class ProjectionEncoder : ITextEncoder
{
    public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

    public void Encode(string? text, TextWriter target) =>
        target.Write(JsonText.EscapeHtml(JsonText.EscapeJson(text ?? "", quotes: false)));

    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        var all = new StringBuilder();
        while (text?.MoveNext() == true)
        {
            all.Append(text.Current);
        }

        Encode(all.ToString(), target);
    }
}

/// <summary>Prints values that are not text as JavaScript does.</summary>
internal sealed class ProjectionFormatter : IFormatter, IFormatterProvider
{
    public bool TryCreateFormatter(Type type, out IFormatter formatter)
    {
        formatter = this;
        return type == typeof(bool)
            || type == typeof(double)
            || type == typeof(DateTimeOffset)
            || type == typeof(object[])
            || type == typeof(Dictionary<string, object?>);
    }

    public void Format<T>(T value, in EncodedTextWriter writer) => writer.Write(ProjectionValue.ToText(value));
}
