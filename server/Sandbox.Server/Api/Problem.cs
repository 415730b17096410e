namespace Sandbox.Server.Api;

/// <summary>What a program is told that gets no answer (RFC 9457).</summary>
internal static class Problem
{
    /// <summary>With a status and what is wrong, for people.</summary>
    public static IResult Of(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
