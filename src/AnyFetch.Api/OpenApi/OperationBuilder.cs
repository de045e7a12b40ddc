using System.Globalization;
using System.Text.Json.Nodes;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.OpenApi;

/// <summary>Makes the document's entry of one route.</summary>
internal static class OperationBuilder
{
    private const string Json = "application/json";

    public static JsonObject Build(DescribedRoute route)
    {
        var description = route.Description;
        var operation = new JsonObject
        {
            ["operationId"] = route.Operation,
            ["tags"] = new JsonArray(description.Tag),
            ["summary"] = description.Summary,
        };
        var text = TextOf(route);
        if (text.Length > 0)
        {
            operation["description"] = text;
        }

        operation["security"] = CredentialNeeds.Requirements(route);
        if (route.Access is { Scope: not Scopes.None and var scope })
        {
            operation["x-anyfetch-scope"] = ScopeNames.ToName(scope);
        }

        operation["x-anyfetch-admin"] = route.Access is { IsAdminOnly: true };
        AddParameters(operation, route);
        if (description.Body is { } body)
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = body.IsRequired,
                ["content"] = new JsonObject(body.MediaTypes.Select(type =>
                    KeyValuePair.Create(type, (JsonNode?)Media(body.Schema, body.Example)))),
            };
        }

        operation["responses"] = Responses(route);
        return operation;
    }

    private static string TextOf(DescribedRoute route) => route.IsPostForPatch
        ? $"The same as `PATCH`, for clients that cannot send it. {route.Description.Text}".TrimEnd()
        : route.Description.Text;

    private static void AddParameters(JsonObject operation, DescribedRoute route)
    {
        var parameters = new JsonArray([.. PathParameters.Of(route.Path)]);
        foreach (var parameter in route.Description.Parameters)
        {
            parameters.Add((JsonNode)Query(parameter));
        }

        if (route.Access is not null && route.Description is { IsNarrowable: true, Answer: { MediaType: Json, Status: 200 } })
        {
            parameters.Add((JsonNode)new JsonObject { ["$ref"] = "#/components/parameters/fields" });
        }

        if (parameters.Count > 0)
        {
            operation["parameters"] = parameters;
        }
    }

    public static JsonObject Query(ParameterDescription parameter)
    {
        var schema = JsonNode.Parse(parameter.Schema);
        var entry = new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = "query",
            ["required"] = parameter.IsRequired,
            ["description"] = parameter.Text,
        };
        if (parameter.IsRepeatable)
        {
            entry["schema"] = new JsonObject { ["type"] = "array", ["items"] = schema };
            entry["explode"] = true;
            entry["example"] = new JsonArray(parameter.Example);
        }
        else
        {
            entry["schema"] = schema;
            entry["example"] = schema?["type"]?.GetValue<string>() == "integer"
                ? int.Parse(parameter.Example, CultureInfo.InvariantCulture)
                : parameter.Example;
        }

        return entry;
    }

    private static JsonObject Responses(DescribedRoute route)
    {
        var responses = new SortedDictionary<int, JsonObject>
        {
            [route.Description.Answer.Status] = Response(route.Description.Answer),
        };
        foreach (var errors in ImpliedErrors.Of(route).GroupBy(ErrorCatalog.StatusOf))
        {
            responses.Add(errors.Key, ErrorResponses.Build(errors.Key, [.. errors]));
        }

        foreach (var other in route.Description.OtherAnswers)
        {
            responses[other.Status] = Response(other);
        }

        return new JsonObject(responses.Select(r =>
            KeyValuePair.Create(r.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)r.Value)));
    }

    private static JsonObject Response(AnswerDescription answer)
    {
        var response = new JsonObject { ["description"] = answer.Text };
        if (answer is { Status: >= 300 and < 400 })
        {
            response["headers"] = new JsonObject
            {
                ["Location"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } },
            };
        }

        if (answer.MediaType is { } type)
        {
            response["content"] = new JsonObject
            {
                [type] = answer.Schema is { } schema ? Media(schema, answer.Example) : new JsonObject(),
            };
        }

        return response;
    }

    private static JsonObject Media(string schema, string? example)
    {
        var parsed = JsonNode.Parse(schema);
        var media = new JsonObject { ["schema"] = parsed };
        if ((example is null ? SchemaCatalog.ExampleOf(parsed) : JsonNode.Parse(example)) is { } shown)
        {
            media["example"] = shown;
        }

        return media;
    }
}
