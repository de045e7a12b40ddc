using System.Collections.Concurrent;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests.Samples;

/// <summary>
/// Office documents of any format, written by LibreOffice: each format once for all tests. Texts hold the heading "The plan" and
/// the word zymurgy, sheets a date and the word quokka, slides the title "Opening" and the word numbat with a note.
/// </summary>
internal static class OfficeSample
{
    private const string Oasis = "urn:oasis:names:tc:opendocument:xmlns:";

    private const string TextBody = """
        <text:h text:outline-level="1" text:style-name="Heading_20_1">The plan</text:h>
        <text:p>Please read the zymurgy chapter, café.</text:p>
        """;

    private const string SheetBody = """
        <table:table table:name="Stock"><table:table-row>
        <table:table-cell office:value-type="string"><text:p>quokka</text:p></table:table-cell>
        <table:table-cell table:style-name="ce1" office:value-type="date" office:date-value="2026-03-03"/>
        <table:table-cell table:formula="of:=6*7" office:value-type="float" office:value="42"/>
        </table:table-row></table:table>
        """;

    private const string SlideBody = """
        <draw:page draw:name="p1">
        <draw:frame presentation:class="title" svg:width="20cm" svg:height="3cm" svg:x="1cm" svg:y="1cm">
        <draw:text-box><text:p>Opening</text:p></draw:text-box></draw:frame>
        <draw:frame svg:width="20cm" svg:height="3cm" svg:x="1cm" svg:y="5cm">
        <draw:text-box><text:p>the numbat sleeps</text:p></draw:text-box></draw:frame>
        <presentation:notes><draw:frame presentation:class="notes" svg:width="10cm" svg:height="3cm" svg:x="1cm" svg:y="1cm">
        <draw:text-box><text:p>thank the canteen</text:p></draw:text-box></draw:frame></presentation:notes>
        </draw:page>
        """;

    /// <summary>Paragraphs that begin a page, headings, and cells that show dates.</summary>
    private const string Styles = """
        <office:styles><style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
        style:default-outline-level="1"/></office:styles>
        <office:automatic-styles>
        <style:style style:name="Page" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>
        <number:date-style style:name="D1"><number:year number:style="long"/><number:text>-</number:text>
        <number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>
        <style:style style:name="ce1" style:family="table-cell" style:data-style-name="D1"/>
        </office:automatic-styles>
        """;

    private static readonly string Namespaces = string.Concat(new[]
    {
        ("office", "office:1.0"), ("text", "text:1.0"), ("table", "table:1.0"), ("draw", "drawing:1.0"),
        ("svg", "svg-compatible:1.0"), ("style", "style:1.0"), ("fo", "xsl-fo-compatible:1.0"), ("number", "datastyle:1.0"),
        ("presentation", "presentation:1.0"), ("of", "of:1.2"), ("meta", "meta:1.0"),
    }.Select(n => $"xmlns:{n.Item1}=\"{Oasis}{n.Item2}\" "));

    private static readonly ConcurrentDictionary<string, Lazy<byte[]>> Made = new();

    /// <summary>The word that is in a sample of the format and in no other kind's.</summary>
    internal static string WordOf(string extension) => SourceOf(extension) switch
    {
        "fodt" => "zymurgy",
        "fods" => "quokka",
        _ => "numbat",
    };

    /// <summary>A sample in the format of an extension, such as <c>doc</c>.</summary>
    internal static byte[] As(string extension) => Made.GetOrAdd(extension, e => new Lazy<byte[]>(() => Convert(SourceOf(e), e))).Value;

    /// <summary>A text of that many pages, each with a heading "Number n.".</summary>
    internal static byte[] Pages(int count)
    {
        var pages = Enumerable.Range(1, count).Select(n => $"<text:p text:style-name=\"Page\">Number {n}.</text:p>");
        return Convert("fodt", "odt", Flat("text", string.Concat(pages)));
    }

    private static string SourceOf(string extension) => extension switch
    {
        "xls" or "xlt" or "xlsx" or "xlsm" or "xltx" or "ods" or "ots" => "fods",
        "ppt" or "pps" or "pot" or "pptx" or "pptm" or "ppsx" or "potx" or "odp" or "otp" => "fodp",
        _ => "fodt",
    };

    private static string Source(string kind) => kind switch
    {
        "fodt" => Flat("text", TextBody),
        "fods" => Flat("spreadsheet", SheetBody),
        _ => Flat("presentation", SlideBody),
    };

    private static string Flat(string kind, string body) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <office:document {Namespaces} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"
        office:mimetype="application/vnd.oasis.opendocument.{kind}">
        <office:meta><dc:title>Plan 2026</dc:title><meta:initial-creator>Zoë Ünal</meta:initial-creator></office:meta>
        {Styles}
        <office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>
        """;

    private static byte[] Convert(string kind, string extension, string? source = null)
    {
        using var folder = new TempDirectory();
        File.WriteAllText(folder.File("sample." + kind), source ?? Source(kind));
        NativeTool.Run(
            "soffice", "--headless", $"-env:UserInstallation=file://{folder.Path}/profile",
            "--convert-to", Filter(extension), "--outdir", folder.File("out"), folder.File("sample." + kind));
        return File.ReadAllBytes(folder.File("out/sample." + extension));
    }

    /// <summary>Kinds that LibreOffice does not write by their extension alone.</summary>
    private static string Filter(string extension) => extension switch
    {
        "dot" => "dot:MS Word 97 Vorlage",
        "docm" => "docm:MS Word 2007 XML VBA",
        "dotx" => "dotx:MS Word 2007 XML Template",
        _ => extension,
    };
}
