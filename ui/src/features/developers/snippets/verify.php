<?php
// $headers by lower-case names; $body exactly as it came: file_get_contents('php://input').
function verify(string $secret, array $headers, string $body): bool {
    $key = str_starts_with($secret, 'whsec_') ? base64_decode(substr($secret, 6)) : $secret;
    $id = $headers['webhook-id'] ?? '';
    $at = $headers['webhook-timestamp'] ?? '';
    if (!is_numeric($at) || abs(time() - (int) $at) > 300) {
        return false;
    }
    $wanted = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$at.$body", $key, true));
    foreach (explode(' ', $headers['webhook-signature'] ?? '') as $sent) {
        if (hash_equals($wanted, $sent)) {
            return true;
        }
    }
    return false;
}
