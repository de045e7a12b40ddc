namespace AnyFetch.Api.Http;

/// <summary>Answers a call that authentication let through.</summary>
internal delegate ValueTask<ApiResult> ApiHandler(ApiCall call);
