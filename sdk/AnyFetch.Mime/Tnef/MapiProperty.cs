using AnyFetch.Mime.Charsets;

namespace AnyFetch.Mime.Tnef;

/// <summary>A property of variable length: where its value stands.</summary>
internal sealed record MapiProperty(int Id, int Type, Stream Content)
{
    internal string Text(string charset, int bytesMax, MimeOptions options)
    {
        var bytes = TnefMessage.Bytes(Content, bytesMax);
        return MimeCharsets.Decode(bytes, Type == MapiProperties.Unicode ? "utf-16" : charset, options).Text.TrimEnd('\0');
    }
}
