using AngleSharp.Dom;

namespace AnyFetch.Hydrater.Text;

/// <summary>The containers by which mail programs set quoted mails apart (hydraters.md §11).</summary>
public static class MailQuote
{
    /// <summary>The class that marks a container after sanitising.</summary>
    public const string Class = "anyfetch-quote";

    private static readonly string[] Classes =
        [Class, "yahoo_quoted", "gmail_extra", "gmail_quote", "moz-cite-prefix", "protonmail_quote"];

    internal static bool IsContainer(IElement element)
    {
        if (element.LocalName != "div")
        {
            return false;
        }

        var names = element.GetAttribute("class");
        return (names is not null && names.Split(' ').Any(name => Classes.Contains(name, StringComparer.OrdinalIgnoreCase)))
            || element.GetAttribute("id") is "divRplyFwdMsg" or "appendonsend"
            || IsOutlookLine(element.GetAttribute("style"));
    }

    /// <summary>Outlook draws a line above the quoted mail's header and nothing else tells it apart.</summary>
    private static bool IsOutlookLine(string? style) =>
        style is not null && style.Contains("border-top", StringComparison.OrdinalIgnoreCase)
        && style.Contains("solid", StringComparison.OrdinalIgnoreCase)
        && style.Contains("padding", StringComparison.OrdinalIgnoreCase);
}
