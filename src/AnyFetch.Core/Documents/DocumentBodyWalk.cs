using System.Text.Json;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Json;

namespace AnyFetch.Core.Documents;

/// <summary>One walk over a body. The first wrong value ends it.</summary>
internal ref partial struct DocumentBodyWalk(
    ReadOnlySpan<byte> body,
    Utf8JsonReader reader,
    DocumentBodyForm form,
    DocumentTypes.DocumentTypes types)
{
    private readonly ReadOnlySpan<byte> _body = body;
    private Utf8JsonReader _reader = reader;
    private Error? _error;

    private Optional<DocumentTypeId> _type;
    private Optional<DateTimeOffset> _creationDate;
    private Optional<DateTimeOffset> _modificationDate;
    private JsonFields _metadata = JsonFields.Empty;
    private JsonFields _data = JsonFields.Empty;
    private Optional<JsonFields> _actions;
    private Optional<IReadOnlyList<string>> _related;
    private Optional<IReadOnlyList<string>?> _userAccess;
    private Optional<DocumentSource> _source;
    private Identifier? _identifier;
    private DocumentId? _id;
    private bool _hydrationErrored;
    private string? _hydrationError;
    private List<string>? _unknownKeys;

    internal DocumentBodyResult Run()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            return new DocumentBodyResult(null, new Error(ErrorCode.BadRequest, "The body must be a JSON object."));
        }

        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName && _error is null)
        {
            ReadKey();
        }

        if (_error is not null)
        {
            return new DocumentBodyResult(null, _error);
        }

        // Anything but white space after the object is an error, which this throws.
        _reader.Read();
        return new DocumentBodyResult(Build(), null);
    }

    private void ReadKey()
    {
        if (_reader.ValueIsEscaped)
        {
            // Comparing an escaped name that is no Unicode would throw something else than this does.
            _ = Text();
        }

        var isKnown = form == DocumentBodyForm.Legacy ? ReadLegacyKey() : ReadCurrentKey();
        if (!isKnown && !ReadCommonKey())
        {
            ReadUnknownKey();
        }
    }

    private bool ReadCommonKey()
    {
        if (Is("creation_date"u8))
        {
            ReadDate("creation_date", ref _creationDate);
        }
        else if (Is("actions"u8))
        {
            ReadActions();
        }
        else if (Is("user_access"u8) || (form == DocumentBodyForm.Callback && Is("userAccess"u8)))
        {
            ReadUserAccess();
        }
        else if (form != DocumentBodyForm.Callback && Is("identifier"u8))
        {
            ReadIdentifier();
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool ReadLegacyKey()
    {
        if (Is("metadatas"u8))
        {
            ReadFields("metadatas", ref _metadata);
        }
        else if (Is("update_date"u8))
        {
            ReadDate("update_date", ref _modificationDate);
        }
        else if (Is("source"u8))
        {
            ReadSource();
        }
        else if (Is("data"u8))
        {
            ReadFields("data", ref _data);
        }
        else if (Is("document_type"u8))
        {
            ReadType();
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool ReadCurrentKey()
    {
        if (Is("metadata"u8))
        {
            ReadFields("metadata", ref _metadata);
        }
        else if (Is("data"u8))
        {
            ReadFields("data", ref _data);
        }
        else if (Is("document_type"u8))
        {
            ReadType();
        }
        else if (Is("modification_date"u8))
        {
            ReadDate("modification_date", ref _modificationDate);
        }
        else if (Is("related"u8))
        {
            if (ReadTexts("related", out var related))
            {
                _related = new(true, related ?? []);
            }
        }
        else if (form == DocumentBodyForm.Current && Is("id"u8))
        {
            ReadId();
        }
        else
        {
            return ReadHydrationKey();
        }

        return true;
    }

    /// <summary>The fields that the core keeps are known, so that what was read can be sent back; they change nothing.</summary>
    private bool ReadHydrationKey()
    {
        if (Is("hydration_errored"u8))
        {
            ReadHydrationErrored();
        }
        else if (Is("hydration_error"u8))
        {
            _reader.Read();
            _hydrationError = ReadTextOrNull("hydration_error");
        }
        else if (Is("hydrating"u8) || Is("hydrated_by"u8) || Is("last_hydration"u8) || Is("hydrater_errored"u8))
        {
            _reader.Read();
            _reader.Skip();
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadUnknownKey()
    {
        var name = Text();
        _unknownKeys ??= [];
        if (_unknownKeys.Count < DocumentChangeReader.UnknownKeysMax)
        {
            _unknownKeys.Add(name);
        }

        _reader.Read();
        _reader.Skip();
    }
}
