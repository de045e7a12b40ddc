using AnyFetch.Calendars.ContentLines;

namespace AnyFetch.Calendars.Contacts;

/// <summary>Reads address books: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350). Never throws on bad input.</summary>
public static class ContactReader
{
    /// <summary>Prefix, given, additional, family, suffix.</summary>
    private static readonly int[] s_nameOrder = [3, 1, 2, 0, 4];

    /// <summary>The cards in the order in which they begin; empty when the text holds none.</summary>
    /// <param name="text">The decoded file.</param>
    /// <param name="limits">How much of it is read; null for the defaults.</param>
    public static IReadOnlyList<Contact> Read(string text, ContentLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return
        [
            .. ComponentReader.Read(text, "VCARD", static name => name == "VCARD", limits ?? new ContentLimits()).Select(Read),
        ];
    }

    private static Contact Read(Component card)
    {
        var labels = Labels(card);
        var names = Parts(card, "N");
        var organization = string.Join(", ", Parts(card, "ORG").Where(part => part.Length > 0));
        var company = organization.Length > 0 ? organization : null;
        return new Contact
        {
            Uid = TextOf(card, "UID"),
            Name = TextOf(card, "FN") ?? FullName(names) ?? company,
            GivenName = Part(names, 1),
            FamilyName = Part(names, 0),
            Nickname = TextOf(card, "NICKNAME"),
            Birthday = Day(card.First("BDAY")?.RawValue),
            JobTitle = TextOf(card, "TITLE") ?? TextOf(card, "ROLE"),
            Organization = company,
            Phones = Details(card, "TEL", labels, static line => WithoutScheme(line.Text, "tel:")),
            Emails = Details(card, "EMAIL", labels, static line => WithoutScheme(line.Text, "mailto:")),
            Addresses = Details(card, "ADR", labels, Address),
            Websites = [.. card.All("URL").Select(line => line.Text.Trim()).Where(url => url.Length > 0).Distinct()],
            Groups = [.. card.All("CATEGORIES").SelectMany(l => TextValue.Split(l.EscapedValue, ',')).Where(g => g.Length > 0).Distinct()],
            Note = TextOf(card, "NOTE"),
            Photo = card.First("PHOTO") is { } photo ? PhotoReader.Read(photo) : null,
        };
    }

    /// <summary>Apple names the type of a line by another line of its group: <c>item1.X-ABLabel:_$!&lt;Work&gt;!$_</c>.</summary>
    private static Dictionary<string, string> Labels(Component card)
    {
        var labels = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in card.All("X-ABLABEL"))
        {
            var label = line.Text.Replace("_$!<", "", StringComparison.Ordinal).Replace(">!$_", "", StringComparison.Ordinal).Trim();
            if (line.Group is { } group && label.Length > 0)
            {
                labels[group] = label.ToLowerInvariant();
            }
        }

        return labels;
    }

    private static List<ContactDetail> Details(
        Component card, string name, Dictionary<string, string> labels, Func<ContentLine, string> valueOf)
    {
        var details = new List<ContactDetail>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in card.All(name))
        {
            if (valueOf(line) is { Length: > 0 } value && seen.Add(value))
            {
                details.Add(new ContactDetail(value, TypeOf(line, labels)));
            }
        }

        return details;
    }

    private static string? TypeOf(ContentLine line, Dictionary<string, string> labels)
    {
        if (line.Group is { } group && labels.TryGetValue(group, out var label))
        {
            return label;
        }

        return line.ParameterValues("TYPE").SelectMany(types => types.Split(',')).Select(type => type.Trim().ToLowerInvariant())
            .FirstOrDefault(static type => type.Length > 0 && type is not ("pref" or "internet" or "voice" or "x400"));
    }

    private static string Address(ContentLine line) => string.Join(
        ", ", TextValue.Split(line.EscapedValue, ';').Select(part => part.ReplaceLineEndings(" ")).Where(part => part.Length > 0));

    private static List<string> Parts(Component card, string name) =>
        card.First(name) is { } line ? TextValue.Split(line.EscapedValue, ';') : [];

    private static string? Part(List<string> parts, int at) => parts.Count > at && parts[at].Length > 0 ? parts[at] : null;

    private static string? FullName(List<string> parts)
    {
        var name = string.Join(' ', s_nameOrder.Select(at => Part(parts, at)).OfType<string>());
        return name.Length > 0 ? name : null;
    }

    private static DateOnly? Day(string? value) =>
        TimeReader.Local(value, out _, out _) is { } day ? DateOnly.FromDateTime(day) : null;

    private static string WithoutScheme(string value, string scheme) =>
        (value.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? value[scheme.Length..] : value).Trim();

    private static string? TextOf(Component card, string name) =>
        card.First(name)?.Text.Trim() is { Length: > 0 } text ? text : null;
}
