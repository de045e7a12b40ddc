using System.Text.Json;
using AnyFetch.Core.Dates;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Json;

namespace AnyFetch.Core.Documents;

/// <content>The values of the keys, each checked and kept.</content>
internal ref partial struct DocumentBodyWalk
{
    private void ReadFields(string name, ref JsonFields fields)
    {
        switch (Next())
        {
            case JsonTokenType.StartObject:
                fields = JsonFields.ReadChange(_body, ref _reader);
                break;
            case JsonTokenType.Null:
                break;
            default:
                Refuse(name, "must be an object");
                break;
        }
    }

    private void ReadDate(string name, ref Optional<DateTimeOffset> date)
    {
        switch (Next())
        {
            case JsonTokenType.String when Iso8601.TryParse(ShortText(Iso8601.CharsMax), out var instant):
                date = instant;
                break;
            case JsonTokenType.Null:
                break;
            default:
                Refuse(name, "must be an ISO 8601 date");
                break;
        }
    }

    private void ReadType()
    {
        _reader.Read();
        if (ReadTextOrNull("document_type") is not { } text)
        {
            return;
        }

        var type = types.Find(text) ?? (DocumentTypeId.TryParse(text, out var id) ? types.Find(id) : null);
        if (type is null)
        {
            Refuse("document_type", "must be the name or the id of a document type");
            return;
        }

        _type = type.Id;
    }

    private void ReadIdentifier()
    {
        _reader.Read();
        if (ReadTextOrNull("identifier") is not { Length: > 0 } text)
        {
            _identifier = null;
            return;
        }

        if (!Identifier.TryParse(text, out var identifier))
        {
            Refuse("identifier", $"must be text of at most {Identifier.CharsMax} characters without NUL");
            return;
        }

        _identifier = identifier;
    }

    private void ReadId()
    {
        _reader.Read();
        if (ReadTextOrNull("id") is not { } text)
        {
            return;
        }

        if (!DocumentId.TryParse(text, out var id))
        {
            Refuse("id", "must be 24 hexadecimal digits");
            return;
        }

        _id = id;
    }

    private void ReadSource()
    {
        _reader.Read();
        _source = ReadTextOrNull("source") is { } url ? DocumentSource.FromUrl(url) : DocumentSource.KeepFile;
    }

    private void ReadUserAccess()
    {
        if (ReadTexts("user_access", out var entries))
        {
            _userAccess = new(true, entries);
        }
    }

    private void ReadHydrationErrored()
    {
        var token = Next();
        var text = token switch
        {
            JsonTokenType.String => ShortText(8),
            JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(_reader.ValueSpan),
            _ => null,
        };
        if (token == JsonTokenType.True || text == "1" || "true".Equals(text, StringComparison.OrdinalIgnoreCase))
        {
            _hydrationErrored = true;
        }
        else if (token is not (JsonTokenType.False or JsonTokenType.Null)
            && text != "0" && !"false".Equals(text, StringComparison.OrdinalIgnoreCase))
        {
            Refuse("hydration_errored", "must be true or false");
        }
    }

    private void ReadActions()
    {
        switch (Next())
        {
            case JsonTokenType.Null:
                _actions = JsonFields.Empty;
                break;
            case JsonTokenType.StartObject:
                var actions = JsonFields.Read(_body, ref _reader);
                if (!DocumentActions.AreUrls(actions))
                {
                    Refuse("actions", "must give a URL as text for each name");
                    break;
                }

                _actions = actions;
                break;
            case JsonTokenType.StartArray when form == DocumentBodyForm.Legacy:
                if (DocumentActions.ReadList(ref _reader) is not { } list)
                {
                    Refuse("actions", "must hold objects with the texts 'type' and 'url'");
                    break;
                }

                _actions = list;
                break;
            default:
                Refuse("actions", "must be an object of names and URLs");
                break;
        }
    }

    /// <summary>A list of texts; a single text is a list of one; null stays null.</summary>
    private bool ReadTexts(string name, out IReadOnlyList<string>? texts)
    {
        texts = null;
        switch (Next())
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.String:
                texts = [Text()];
                return IsEntry(name, texts[0]);
            case JsonTokenType.StartArray:
                break;
            default:
                Refuse(name, "must be a list of texts");
                return false;
        }

        var list = new List<string>();
        while (Next() == JsonTokenType.String && list.Count < DocumentChangeReader.EntriesMax)
        {
            list.Add(Text());
            if (!IsEntry(name, list[^1]))
            {
                return false;
            }
        }

        if (_reader.TokenType != JsonTokenType.EndArray)
        {
            Refuse(name, $"must be a list of at most {DocumentChangeReader.EntriesMax} texts");
            return false;
        }

        texts = list;
        return true;
    }

    private bool IsEntry(string name, string text)
    {
        if (Identifier.TryParse(text, out _))
        {
            return true;
        }

        Refuse(name, "must hold ids or identifiers, none of them empty");
        return false;
    }

    private string? ReadTextOrNull(string name)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.String:
                return Text();
            case JsonTokenType.Null:
                return null;
            default:
                Refuse(name, "must be text");
                return null;
        }
    }

    private JsonTokenType Next()
    {
        _reader.Read();
        return _reader.TokenType;
    }

    private readonly bool Is(ReadOnlySpan<byte> name) => _reader.ValueTextEquals(name);

    /// <summary>The text, or none when it is longer than could be right.</summary>
    private string? ShortText(int charsMax) => _reader.ValueSpan.Length > charsMax * 6 ? null : Text();

    private readonly string Text()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A string holds half a surrogate pair.", e);
        }
    }

    private void Refuse(string name, string rule) => _error = Error.InvalidArgument($"'{name}' {rule}.");

    private readonly DocumentBody Build() => new()
    {
        Change = new DocumentChange
        {
            Type = _type,
            CreationDate = _creationDate,
            ModificationDate = _modificationDate,
            Metadata = _metadata,
            Data = _data,
            Actions = _actions,
            Related = _related,
            Source = _source,
        },
        Identifier = _identifier,
        Id = _id,
        UserAccess = _userAccess,
        HydrationErrored = _hydrationErrored,
        HydrationError = _hydrationError,
        UnknownKeys = _unknownKeys ?? (IReadOnlyList<string>)[],
    };
}
