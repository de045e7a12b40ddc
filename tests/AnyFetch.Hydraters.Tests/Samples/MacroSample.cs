namespace AnyFetch.Hydraters.Tests.Samples;

/// <summary>
/// An open document text with a macro that its opening calls: it writes a file beside the document, as LibreOffice sees it, so that it
/// needs no place that a wall could hide.
/// </summary>
internal static class MacroSample
{
    private const string Oasis = "urn:oasis:names:tc:opendocument:xmlns:";
    private const string MediaType = "application/vnd.oasis.opendocument.text";
    private const string Library = "xmlns:library=\"http://openoffice.org/2000/library\" library:name=\"Standard\"";

    private const string Macro = """
        <script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
        Sub Main
          Open ThisComponent.URL &amp; &quot;.macro&quot; For Output As #1
          Print #1, &quot;The macro ran.&quot;
          Close #1
        End Sub
        </script:module>
        """;

    private static readonly string Listeners = string.Concat(new[] { "office:load-finished", "dom:load" }.Select(name =>
        $"<script:event-listener script:language=\"ooo:script\" script:event-name=\"{name}\" xlink:type=\"simple\" "
        + "xlink:href=\"vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;location=document\"/>"));

    /// <summary>What the macro appends to the document's name.</summary>
    internal const string MarkExtension = ".macro";

    /// <summary>A document (odt) with the word zephyr.</summary>
    internal static byte[] OpenDocument() => ZipSample.Of(
        ("mimetype", MediaType),
        ("META-INF/manifest.xml", Manifest()),
        ("content.xml", Content()),
        ("Basic/script-lc.xml", Xml(
            $"<library:libraries {Library}><library:library {Library} library:link=\"false\"/></library:libraries>")),
        ("Basic/Standard/script-lb.xml", Xml(
            $"<library:library {Library} library:readonly=\"false\" library:passwordprotected=\"false\">"
            + "<library:element library:name=\"Module1\"/></library:library>")),
        ("Basic/Standard/Module1.xml", Xml(Macro)));

    private static string Content() => Xml($"""
        <office:document-content xmlns:office="{Oasis}office:1.0" xmlns:text="{Oasis}text:1.0"
        xmlns:script="{Oasis}script:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dom="http://www.w3.org/2001/xml-events"
        xmlns:ooo="http://openoffice.org/2004/office" office:version="1.2">
        <office:scripts><office:event-listeners>{Listeners}</office:event-listeners></office:scripts>
        <office:body><office:text><text:p>The zephyr blows.</text:p></office:text></office:body></office:document-content>
        """);

    private static string Manifest()
    {
        string[] parts = ["content.xml", "Basic/script-lc.xml", "Basic/Standard/script-lb.xml", "Basic/Standard/Module1.xml"];
        var entries = string.Concat(parts.Select(part =>
            $"<manifest:file-entry manifest:full-path=\"{part}\" manifest:media-type=\"text/xml\"/>"));
        return Xml($"""
            <manifest:manifest xmlns:manifest="{Oasis}manifest:1.0" manifest:version="1.2">
            <manifest:file-entry manifest:full-path="/" manifest:version="1.2"
            manifest:media-type="{MediaType}"/>{entries}</manifest:manifest>
            """);
    }

    private static string Xml(string element) => "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + element;
}
