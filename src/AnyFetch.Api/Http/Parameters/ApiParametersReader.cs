using System.Text.Json;
using AnyFetch.Api.Http.Bodies;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Json;

namespace AnyFetch.Api.Http.Parameters;

/// <summary>Reads a request's parameters out of its body and its query.</summary>
internal sealed class ApiParametersReader(MultipartBodyReader multipart)
{
    public async ValueTask<BodyResult<ApiParameters>> ReadAsync(ApiCall call)
    {
        var parameters = new ApiParameters();
        var error = await ReadBodyAsync(call, parameters).ConfigureAwait(false);
        parameters.AddQuery(call.Http.Request.Query);
        return error is null
            ? new BodyResult<ApiParameters>(parameters, null)
            : new BodyResult<ApiParameters>(null, error);
    }

    private async ValueTask<Error?> ReadBodyAsync(ApiCall call, ApiParameters parameters)
    {
        var request = call.Http.Request;
        switch (BodyKinds.Of(request))
        {
            case BodyKind.Form:
                var form = await BodyReader
                    .ReadAsync(request, call.Options.DocumentBytesMax, call.Options, FormFields.Parse)
                    .ConfigureAwait(false);
                return (form.Error ?? form.Value.Error) is { } error ? error : Add(parameters, form.Value.Value!);
            case BodyKind.Multipart:
                var parts = await multipart.ReadAsync(call, company: null).ConfigureAwait(false);
                return parts.Error ?? Add(parameters, parts.Value!.Fields);
            default:
                var json = await BodyReader
                    .ReadAsync(request, call.Options.DocumentBytesMax, parameters, ParseJson)
                    .ConfigureAwait(false);
                return json.Error ?? json.Value;
        }
    }

    private static Error? Add(ApiParameters parameters, FormFields form)
    {
        parameters.AddForm(form);
        return null;
    }

    private static Error? ParseJson(ReadOnlySpan<byte> body, ApiParameters parameters)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        try
        {
            var json = UnicodeText.Parse(body);
            if (json.ValueKind != JsonValueKind.Object)
            {
                return new Error(ErrorCode.BadRequest, "The body must be a JSON object.");
            }

            parameters.AddJson(json);
            return null;
        }
        catch (JsonException e)
        {
            return new Error(ErrorCode.BadRequest, $"The body is not valid JSON: {e.Message}");
        }
    }
}
