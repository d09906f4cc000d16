import { describe, expect, it } from 'vitest';
import { mailOf, textMessageOf } from './sent';

const mail = {
  method: 'MAIL',
  url: 'smtp://mail.example:587',
  headers: [
    ['from', 'Shop <shop@example.com>'],
    ['to', 'Ada <ada@example.com>'],
    ['subject', 'Hi'],
    ['message-id', '<1@example.com>'],
  ],
  body: '{"text":"Hello","html":"<p>Hello</p>"}',
};

describe('what is sent', () => {
  it('is a mail with its people, its subject and both of its forms', () => {
    expect(mailOf(mail)).toEqual({
      subject: 'Hi',
      headers: [
        ['From', 'Shop <shop@example.com>'],
        ['To', 'Ada <ada@example.com>'],
      ],
      text: 'Hello',
      html: '<p>Hello</p>',
    });
  });
  it('is shown as a request where it is one, or was cut', () => {
    expect(mailOf({ ...mail, method: 'POST' })).toBeUndefined();
    expect(mailOf({ ...mail, body: '{"text":"Hel' })).toBeUndefined();
    expect(textMessageOf('http.request', mail)).toBeUndefined();
    expect(textMessageOf('sms.send', { ...mail, body: 'To: x' })).toBeUndefined();
  });
  it('is a text message with its number', () => {
    const body = '{"to":"+14155552671","from":"+14155550100","text":"Hi","segments":1,"coding":"GSM-7"}';
    expect(textMessageOf('sms.send', { ...mail, method: 'POST', body })).toEqual({
      to: '+14155552671',
      from: '+14155550100',
      text: 'Hi',
      segments: 1,
    });
  });
});
