using System.Globalization;
using System.Text;

namespace AnyFetch.Api.Projection;

/// <summary>Collects the output of a template and refuses to collect more than a limit.</summary>
internal sealed class BoundedWriter(int charsMax) : StringWriter(new StringBuilder(1024), CultureInfo.InvariantCulture)
{
    public override void Write(char value)
    {
        Reserve(1);
        base.Write(value);
    }

    public override void Write(string? value)
    {
        Reserve(value?.Length ?? 0);
        base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Reserve(count);
        base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Reserve(buffer.Length);
        base.Write(buffer);
    }

    private void Reserve(int count)
    {
        if (GetStringBuilder().Length + count > charsMax)
        {
            throw new OutputTooLongException($"The output is longer than {charsMax} characters.");
        }
    }
}
