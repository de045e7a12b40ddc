using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AnyFetch.Hydrater.ChangeSets;
using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydrater.Isolation;

/// <summary>The header of a task.</summary>
/// <param name="Hydrater">The short name.</param>
/// <param name="FileName">The name of the document's file in the worker's folder, or null.</param>
/// <param name="HasCore">Whether other documents can be made.</param>
/// <param name="Output">Sizes of what the hydrater writes.</param>
internal sealed record TaskMessage(string Hydrater, string? FileName, bool HasCore, OutputLimits Output);

/// <summary>The header of a result.</summary>
/// <param name="Kind">How the hydrater ended.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="ErrorType">The exception's name when trying again may help, or null.</param>
/// <param name="Detail">Where it went wrong, for the log.</param>
/// <param name="IsOutOfMemory">Whether the task needed more memory than there is.</param>
/// <param name="ResidentBytes">What the worker takes of the machine's memory now.</param>
internal sealed record ResultMessage(
    HydrationResultKind Kind, string? Error, string? ErrorType, string? Detail, bool IsOutOfMemory, long ResidentBytes);

/// <summary>The header of a call.</summary>
/// <param name="Id">Comes back with the reply.</param>
/// <param name="Kind">What is asked for.</param>
/// <param name="Tool">The program, for <see cref="CallKind.Tool"/>.</param>
/// <param name="Child">The document, for <see cref="CallKind.AddChild"/>.</param>
/// <param name="Identifier">The document, for <see cref="CallKind.DeleteChild"/>.</param>
internal sealed record CallMessage(int Id, CallKind Kind, ToolCommand? Tool, ChildMessage? Child, string? Identifier);

/// <summary>What a worker asks its host for.</summary>
internal enum CallKind
{
    /// <summary>Run a native program.</summary>
    Tool = 1,

    /// <summary>Make a document.</summary>
    AddChild = 2,

    /// <summary>End the making of documents.</summary>
    CompleteChildren = 3,

    /// <summary>Delete a document that was made from this one.</summary>
    DeleteChild = 4,

    /// <summary>Delete the task's document.</summary>
    DeleteDocument = 5,
}

/// <summary>A child, whose file is named in the worker's folder.</summary>
internal sealed record ChildMessage(
    string Name,
    string? Identifier,
    string DocumentType,
    JsonObject Metadata,
    JsonObject Data,
    IReadOnlyDictionary<string, string>? Actions,
    ChildFileMessage? File,
    DateTimeOffset? CreationDate,
    DateTimeOffset? ModificationDate,
    IReadOnlyList<string> Related);

/// <summary>The file of a child.</summary>
internal sealed record ChildFileMessage(string FileName, string Name, string ContentType);

/// <summary>The header of a reply.</summary>
internal sealed record ReplyMessage(int Id)
{
    /// <summary>What went wrong.</summary>
    public string? Error { get; init; }

    /// <summary>The exception's name when trying again may help, or null for an error that stays.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The identifier of the child that was made.</summary>
    public string? Identifier { get; init; }

    /// <summary>What became of the document's children; null when nothing changes.</summary>
    public ChildrenMessage? Children { get; init; }

    /// <summary>How the tool ended; its output is the body.</summary>
    public ToolEnd ToolEnd { get; init; }

    /// <summary>The tool's exit code.</summary>
    public int ExitCode { get; init; }

    /// <summary>The tool's standard error.</summary>
    public string ToolError { get; init; } = "";
}

/// <summary>What the document is to say of its children.</summary>
internal sealed record ChildrenMessage(IReadOnlyList<string>? Children, IReadOnlyList<string> Related);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(TaskMessage))]
[JsonSerializable(typeof(ResultMessage))]
[JsonSerializable(typeof(CallMessage))]
[JsonSerializable(typeof(ReplyMessage))]
internal sealed partial class IsolationJson : JsonSerializerContext;
