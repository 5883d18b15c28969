import { describe, expect, it } from '@jest/globals';
import { documentedFailure, failureOf, failureSchema } from './failure.ts';
import { LocationInvalid } from './location-invalid.ts';
import { succeeded, successExample, successSchema } from './success.ts';

const deed = { number: 87_654_321, at: Date.parse('2025-01-15T10:30:00.999Z'), by: 'admin@example.com' };

describe('the envelope of a success', () => {
  it.each(['created', 'updated', 'deleted'] as const)('is published, letter for letter: %s', (done) => {
    expect(JSON.stringify(succeeded(done, deed))).toBe(
      `{"Status":200,"Message":"WebHook was successfully ${done}.","Value":{"Id":87654321},"OpenInDialog":false,` +
        '"OpenInWindow":false,"RedirectURL":null,"JavaScript":null,"UpdatedOn":"2025-01-15T10:30:00Z",' +
        '"UpdatedBy":"admin@example.com","Errors":null,"WasSuccessful":true}',
    );
    expect(successExample(done)).toEqual(succeeded(done, deed));
    expect(successSchema.parse(successExample(done))).toEqual(successExample(done));
  });
});

describe('the envelope of a failure', () => {
  const nameMissing = { propertyName: 'Name', message: 'is a required field', attemptedValue: undefined };

  it('is published, letter for letter', () => {
    const { message, faults } = new LocationInvalid([nameMissing]);
    const text =
      '{"Message":"Name: is a required field","Value":null,"Errors":[{"AttemptedValue":null,' +
      '"Message":"is a required field","PropertyName":"Name"}],"WasSuccessful":false}';
    expect(JSON.stringify(failureOf(message, faults))).toBe(text);
    expect(JSON.stringify(documentedFailure.exampleOf(400))).toBe(text);
  });

  it('joins the faults in its message, and has each as it was sent', () => {
    const action = { propertyName: 'Action', message: 'must be an integer', attemptedValue: { of: ['any', 'kind'] } };
    const { message, faults } = new LocationInvalid([nameMissing, action]);
    expect(failureOf(message, faults)).toEqual({
      Message: 'Name: is a required field; Action: must be an integer',
      Value: null,
      Errors: [
        { AttemptedValue: null, Message: 'is a required field', PropertyName: 'Name' },
        { AttemptedValue: { of: ['any', 'kind'] }, Message: 'must be an integer', PropertyName: 'Action' },
      ],
      WasSuccessful: false,
    });
  });

  it('blames no property where none is to blame', () => {
    expect(JSON.stringify(failureOf('The webhook does not exist.'))).toBe(
      '{"Message":"The webhook does not exist.","Value":null,"Errors":null,"WasSuccessful":false}',
    );
  });

  it('is documented as it is', () => {
    for (const status of [400, 401, 404, 409, 503]) {
      const example = documentedFailure.exampleOf(status);
      expect(failureSchema.parse(example)).toEqual(example);
      expect(example.Errors === null).toBe(status !== 400);
    }
  });
});
