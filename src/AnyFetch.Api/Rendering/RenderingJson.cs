using System.Text.Json.Serialization;

namespace AnyFetch.Api.Rendering;

/// <summary>The numbers that templates make themselves, such as a list's length.</summary>
[JsonSerializable(typeof(int))]
internal sealed partial class RenderingJson : JsonSerializerContext;
