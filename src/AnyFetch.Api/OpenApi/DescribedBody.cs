using AnyFetch.Core.Descriptions;

namespace AnyFetch.Api.OpenApi;

/// <summary>Request bodies that have a named schema, whose example is theirs.</summary>
internal static class DescribedBody
{
    public static BodyDescription Of(string schema) =>
        new(Schema.Ref(schema), SchemaCatalog.ExampleOf(schema).ToJsonString());
}
