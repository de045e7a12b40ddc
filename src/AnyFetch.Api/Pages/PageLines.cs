using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Json;
using AnyFetch.Core.Pages;
using TypeSet = AnyFetch.Core.DocumentTypes.DocumentTypes;

namespace AnyFetch.Api.Pages;

/// <summary>What the lines of a page say, read as they come. Each is an object of one member, whose name tells its kind.</summary>
internal sealed class PageLines(TypeSet types, bool mayDelete, DateTimeOffset now) : IDisposable
{
    // A document's nesting counts from its own body, so that the line around it does not take a level from it.
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = JsonFields.DepthMax + 1 };

    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public List<(int Line, DocumentBody Body)> Documents { get; } = [];

    public List<(int Line, Identifier Identifier)> Deletions { get; } = [];

    public List<PageFailure> Failures { get; } = [];

    public Optional<string?> Checkpoint { get; private set; }

    public byte[] Digest() => _digest.GetHashAndReset();

    public void Dispose() => _digest.Dispose();

    /// <summary>Takes a line in; its error names it.</summary>
    public Error? Take(ReadOnlySpan<byte> line, int number)
    {
        _digest.AppendData(line);
        _digest.AppendData("\n"u8);
        return OfLine(number, Read(line, number));
    }

    /// <summary>An error of a line, with the line's number in front.</summary>
    public static Error? OfLine(int number, Error? error) =>
        error is null || number == 0 ? error : error with { Message = $"Line {number}: {error.Message}" };

    private Error? Read(ReadOnlySpan<byte> line, int number)
    {
        if (!Utf8.IsValid(line))
        {
            return new Error(ErrorCode.BadRequest, "It is not valid UTF-8.");
        }

        try
        {
            var reader = new Utf8JsonReader(line, s_options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject
                || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
            {
                return Shape();
            }

            var name = reader.GetString();
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var value = line[start..(int)reader.BytesConsumed];
            return reader.Read() && reader.TokenType == JsonTokenType.EndObject && !reader.Read()
                ? Read(name, value, number)
                : Shape();
        }
        catch (JsonException e)
        {
            return new Error(ErrorCode.BadRequest, $"It is not valid JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            // The reader says so of a name that spells half a surrogate pair.
            return new Error(ErrorCode.BadRequest, "It holds a name that is no text.");
        }
    }

    private Error? Read(string? name, ReadOnlySpan<byte> value, int number) => name switch
    {
        "document" => ReadDocument(value, number),
        "delete" => ReadDelete(UnicodeText.Parse(value), number),
        "failure" => ReadFailure(UnicodeText.Parse(value)),
        "checkpoint" => ReadCheckpoint(UnicodeText.Parse(value)),
        _ => Shape(),
    };

    private Error? ReadDocument(ReadOnlySpan<byte> value, int number)
    {
        var read = DocumentChangeReader.Read(value, DocumentBodyForm.Current, types);
        if (read.Body is not { } body)
        {
            return read.Error;
        }

        Documents.Add((number, body));
        return body is { Id: not null, Identifier: not null }
            ? new Error(ErrorCode.TooManyArguments, "Give 'id' or 'identifier', not both.")
            : null;
    }

    private Error? ReadDelete(JsonElement value, int number)
    {
        if (!mayDelete)
        {
            return new Error(ErrorCode.MissingScope, "The token lacks the scope 'delete_documents'.");
        }

        if (Text(value) is not { } text || !Identifier.TryParse(text, out var identifier))
        {
            return Error.InvalidArgument("'delete' must be an identifier.");
        }

        Deletions.Add((number, identifier));
        return null;
    }

    private Error? ReadFailure(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Error.InvalidArgument("'failure' must be an object.");
        }

        var (identifier, title) = (Text(value, "identifier"), Text(value, "title"));
        var (code, message) = (Text(value, "code"), Text(value, "message"));
        if (code is not { Length: > 0 and <= PageFailure.CodeCharsMax } || message?.Length > PageFailure.MessageCharsMax
            || title?.Length > PageFailure.MessageCharsMax
            || (identifier is not null && !Identifier.TryParse(identifier, out _)))
        {
            return Error.InvalidArgument(
                $"A failure has a 'code' of at most {PageFailure.CodeCharsMax} characters, and may have an 'identifier', and a "
                + $"'title' and a 'message' of at most {PageFailure.MessageCharsMax}.");
        }

        Failures.Add(new PageFailure(identifier, title, code, message ?? "", now));
        return null;
    }

    private Error? ReadCheckpoint(JsonElement value)
    {
        var text = Text(value);
        if (Checkpoint.HasValue || text?.Length > DocumentPage.CheckpointCharsMax
            || (text is null && value.ValueKind != JsonValueKind.Null))
        {
            return Error.InvalidArgument(
                $"A page has one 'checkpoint', text of at most {DocumentPage.CheckpointCharsMax} characters or null.");
        }

        Checkpoint = new(true, text);
        return null;
    }

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) ? Text(member) : null;

    private static Error Shape() => new(
        ErrorCode.BadRequest, "It must be an object of one member: 'document', 'delete', 'failure' or 'checkpoint'.");
}
