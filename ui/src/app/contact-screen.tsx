import { LatestCalls } from '@/features/calls/latest-calls';
import { ContactPage } from '@/features/contacts/contact-page';

/** A contact with what it borrows: the calls of its number. */
export function ContactScreen() {
  return (
    <ContactPage
      calls={(number) => (
        <LatestCalls
          filter={{ number }}
          empty="A call whose from or to is this number appears here, and flows see this contact in it."
        />
      )}
    />
  );
}
