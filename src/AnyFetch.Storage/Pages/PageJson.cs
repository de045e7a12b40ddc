using System.Text.Json.Serialization;
using AnyFetch.Core.Pages;

namespace AnyFetch.Storage.Pages;

/// <summary>The lists that a provider's row keeps, generated at build time.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<PageFailure>))]
internal sealed partial class PageJson : JsonSerializerContext;
