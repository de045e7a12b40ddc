using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using AnyFetch.Api.Errors;
using AnyFetch.Core.DocumentTypes;
using HandlebarsDotNet;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AnyFetch.Api.Projection;

/// <summary>
/// Projects documents to the small JSON objects that clients show. A projection is compiled once per type and view;
/// one that fails or writes no JSON gives an empty object and a warning, never a failed request.
/// </summary>
internal sealed class ProjectionEngine
{
    /// <summary>Most compiled projections that are kept; with one more, all are compiled again.</summary>
    private const int CompiledMax = 10_000;

    /// <summary>What a broken projection gives.</summary>
    private static readonly byte[] s_empty = "{}"u8.ToArray();

    private static readonly JsonWriterOptions s_writerOptions = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ConcurrentDictionary<(DocumentTypeId Type, DocumentView View), Compiled> _compiled = new();
    private readonly IHandlebars _engine;
    private readonly ILogger<ProjectionEngine> _logger;
    private readonly int _charsMax;

    public ProjectionEngine(IOptions<ApiOptions> options, ILogger<ProjectionEngine> logger)
    {
        _logger = logger;
        _charsMax = options.Value.ProjectionCharsMax;
        var configuration = new HandlebarsConfiguration { TextEncoder = new ProjectionEncoder() };
        configuration.FormatterProviders.Add(new ProjectionFormatter());
        _engine = Handlebars.Create(configuration);
        HelperRegistration.Register(_engine);
        BlockHelpers.Register(_engine);
        foreach (var (name, text) in Partials.All)
        {
            _engine.RegisterTemplate(name, text);
        }
    }

    /// <summary>The projected object as compact UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Project(DocumentType type, DocumentView view, ProjectionInput input)
    {
        var compiled = GetCompiled(type, view);
        if (compiled.Template is not { } template)
        {
            return s_empty;
        }

        using var writer = new BoundedWriter(_charsMax);
        try
        {
            template(writer, input, null!);
            return Compact(writer.GetStringBuilder());
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            // Whatever an author wrote must not fail somebody else's search.
            ApiLog.ProjectionBroken(_logger, view.ToString(), type.Name, e.Message);
            return s_empty;
        }
    }

    /// <summary>Why a text cannot be a projection, or null.</summary>
    public string? FindFault(string projection)
    {
        try
        {
            Compile(projection);
            return null;
        }
        catch (HandlebarsException e)
        {
            return e.Message;
        }
    }

    /// <summary>What a projection writes, before anybody looks whether it is JSON.</summary>
    internal string Write(string projection, ProjectionInput input)
    {
        using var writer = new BoundedWriter(_charsMax);
        Compile(projection)(writer, input, null!);
        return writer.ToString();
    }

    private Compiled GetCompiled(DocumentType type, DocumentView view)
    {
        var text = type.Projections.Of(view);
        if (_compiled.TryGetValue((type.Id, view), out var known) && known.Text == text)
        {
            return known;
        }

        if (_compiled.Count >= CompiledMax)
        {
            _compiled.Clear();
        }

        return _compiled[(type.Id, view)] = CompileOrWarn(type, view, text);
    }

    private Compiled CompileOrWarn(DocumentType type, DocumentView view, string text)
    {
        try
        {
            return new Compiled(text, Compile(text));
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            ApiLog.ProjectionBroken(_logger, view.ToString(), type.Name, e.Message);
            return new Compiled(text, null);
        }
    }

    private HandlebarsTemplate<TextWriter, object, object> Compile(string text)
    {
        using var reader = new StringReader(Partials.WithoutQuotes(text));
        return _engine.Compile(reader);
    }

    /// <summary>Checks that the text is strict JSON and drops the white space that templates are full of.</summary>
    private static ReadOnlyMemory<byte> Compact(StringBuilder text)
    {
        using var json = JsonDocument.Parse(text.ToString());
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("The output is not a JSON object.");
        }

        var buffer = new ArrayBufferWriter<byte>(Math.Max(256, text.Length));
        using (var writer = new Utf8JsonWriter(buffer, s_writerOptions))
        {
            json.RootElement.WriteTo(writer);
        }

        return buffer.WrittenMemory;
    }

    private sealed record Compiled(string Text, HandlebarsTemplate<TextWriter, object, object>? Template);
}
