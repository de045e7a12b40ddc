using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace AnyFetch.Hydraters.Tests.Samples;

/// <summary>Exports as Evernote writes them.</summary>
internal static class EnexSample
{
    private const string Head = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">
        <en-export export-date="20260102T030405Z" application="Evernote" version="10.1">
        """;

    internal static byte[] Export(params string[] notes) => Encoding.UTF8.GetBytes($"{Head}\n{string.Concat(notes)}</en-export>\n");

    internal static string Note(string title, string body, string created = "20200203T040506Z", string more = "") => $"""
        <note><title>{WebUtility.HtmlEncode(title)}</title><content><![CDATA[<?xml version="1.0" encoding="UTF-8" standalone="no"?>
        <!DOCTYPE en-note SYSTEM "http://xml.evernote.com/pub/enml2.dtd"><en-note>{body}</en-note>]]></content>
        <created>{created}</created><updated>20210203T040506Z</updated>
        <note-attributes><author>Ann</author><source>desktop.win</source></note-attributes>{more}</note>

        """;

    internal static string Tag(string name) => $"<tag>{WebUtility.HtmlEncode(name)}</tag>";

    internal static string Resource(byte[] content, string type, string? fileName = null, string recognition = "") => $"""
        <resource><data encoding="base64">
        {Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)}
        </data><mime>{type}</mime><width>0</width>
        <recognition><![CDATA[{recognition}]]></recognition>
        <resource-attributes>{(fileName is null ? "" : $"<file-name>{WebUtility.HtmlEncode(fileName)}</file-name>")}</resource-attributes></resource>
        """;

    internal static string Media(byte[] content, string type) => $"<en-media hash=\"{Hash(content)}\" type=\"{type}\"/>";

    [SuppressMessage("Security", "CA5351", Justification = "Evernote names content by its MD5.")]
    internal static string Hash(byte[] content) => Convert.ToHexStringLower(MD5.HashData(content));
}
